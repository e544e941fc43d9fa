/** The rules of a password, said before anybody types one. */
export function PasswordHint() {
  return (
    <>
      15 to 128 characters of any kind. Four or five words you can remember are
      best; your name, your address, or a common password repeated are refused.
    </>
  );
}

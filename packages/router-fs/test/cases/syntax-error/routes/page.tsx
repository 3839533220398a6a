export default page(() => <p>Hello</b>);

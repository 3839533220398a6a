export default ["signed in"];

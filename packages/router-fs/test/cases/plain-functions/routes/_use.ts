export default class Guard {}

import { createApp } from 'vue';
import App from './App.vue';

const root = document.getElementById('root');
createApp(App, { host: root.dataset.host }).mount(root);

import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Meeting } from './Meeting.jsx';

const root = document.getElementById('root');
const [open, close] = document.documentElement.lang === 'en' ? ['Open', 'Close'] : ['打开', '关闭'];
const getSign = async () => (await fetch('/sign')).text();

function App() {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <button type="button" className="toggle" onClick={() => setOpen(!isOpen)}>
        {isOpen ? close : open}
      </button>
      {isOpen && <Meeting host={root.dataset.host} room={1012} getSign={getSign} />}
    </>
  );
}

// In development StrictMode mounts every component twice: one meeting stays.
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

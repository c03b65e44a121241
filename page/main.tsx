import { FluentProvider, webLightTheme } from '@fluentui/react-components';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './page.css';

const place = document.getElementById('page');
if (!place) throw new Error('index.html has no place for the page');

createRoot(place).render(
  <StrictMode>
    <FluentProvider theme={webLightTheme}>
      <h1>CMK Guardian</h1>
    </FluentProvider>
  </StrictMode>,
);

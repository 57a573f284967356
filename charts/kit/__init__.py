"""What all charts are made with: chart, drawing, theme, words, frame."""

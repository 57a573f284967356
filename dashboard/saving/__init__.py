"""What a visitor saves from a screen: charts as pictures, and files."""

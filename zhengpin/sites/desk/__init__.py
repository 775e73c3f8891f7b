"""The desk: the pages that officials work on. Owns layout, navigation, components and sign-in."""

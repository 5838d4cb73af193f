"""What is carried: the zip, the single page and the ZIM, their list of files and its verification.

Takes a built site from `site` and never judges one itself.
"""

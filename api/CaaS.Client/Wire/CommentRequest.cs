namespace CaaS.Client.Wire;

/// <summary>A comment to add.</summary>
/// <param name="Text">The comment, 1 to 4,000 characters.</param>
public sealed record CommentRequest(string Text);

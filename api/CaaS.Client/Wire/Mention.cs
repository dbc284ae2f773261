namespace CaaS.Client.Wire;

/// <summary>Something a text names.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Text">As it is written.</param>
public sealed record Mention(MentionKind Kind, string Text);

namespace CaaS.Analytics.Text;

/// <summary>Something a text names.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Start">Where, 0-based.</param>
public readonly record struct Mention(MentionKind Kind, string Text, int Start);

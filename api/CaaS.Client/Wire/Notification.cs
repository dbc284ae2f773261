namespace CaaS.Client.Wire;

/// <summary>One message to one receiver.</summary>
/// <param name="Id">Its id, also the deduplication key sent with the message.</param>
/// <param name="AlertId">Alert it is about.</param>
/// <param name="Receiver">Name of the receiver.</param>
/// <param name="Reason">Why.</param>
/// <param name="Text">What was said, short.</param>
/// <param name="At">When it was decided, UTC.</param>
/// <param name="SentAt">When the receiver accepted it, UTC, or null.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="Error">Last error, or empty.</param>
public sealed record Notification(
    string Id,
    string AlertId,
    string Receiver,
    NotificationReason Reason,
    string Text,
    DateTimeOffset At,
    DateTimeOffset? SentAt,
    int Attempts,
    string Error);

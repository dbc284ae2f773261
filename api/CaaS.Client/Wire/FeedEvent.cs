namespace CaaS.Client.Wire;

/// <summary>Something changed: ask for it anew.</summary>
/// <param name="Kind">What changed.</param>
/// <param name="Id">Its id.</param>
/// <param name="Revision">Its revision; for a notification the number of tries.</param>
public sealed record FeedEvent(FeedKind Kind, string Id, int Revision);

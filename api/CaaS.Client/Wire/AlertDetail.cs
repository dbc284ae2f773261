namespace CaaS.Client.Wire;

/// <summary>One alert with what people said, and who was told.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="Comments">Comments and what people did, by time.</param>
/// <param name="Silences">Silences that mute it now, soonest end first.</param>
/// <param name="Notifications">Notifications about it, newest first.</param>
public sealed record AlertDetail(
    Alert Alert,
    IReadOnlyList<Comment> Comments,
    IReadOnlyList<Silence> Silences,
    IReadOnlyList<Notification> Notifications);

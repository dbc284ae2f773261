namespace CaaS.Alerting;

/// <summary>One change of an alert or a notification; the record of the topic <c>notifications</c>.</summary>
/// <param name="Alert">The alert after the change, or null.</param>
/// <param name="Notification">The notification after the change, or null.</param>
public sealed record AlertRecord(Alert? Alert, Notification? Notification);

namespace CaaS.Alerting.Runtime.Store;

/// <summary>A notification.</summary>
internal sealed class NotificationRow
{
    public string Id { get; set; } = "";

    public string AlertId { get; set; } = "";

    public string Receiver { get; set; } = "";

    /// <summary>Place in the order they were decided; two of one instant must not change places.</summary>
    public long Turn { get; set; }

    /// <summary>False while it is still to be sent.</summary>
    public bool IsOver { get; set; }

    public string Json { get; set; } = "";
}

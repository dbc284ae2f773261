namespace CaaS.Alerting.Runtime.Receivers.Webhook;

/// <summary>One webhook.</summary>
public sealed class WebhookTarget
{
    /// <summary>Unique name, as shown with notifications.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where to post to; http or https.</summary>
    public string Url { get; set; } = "";

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>File with a token sent as <c>Authorization: Bearer</c>; empty for none. Read at every try, so it can
    /// be renewed.</summary>
    public string BearerTokenFile { get; set; } = "";
}

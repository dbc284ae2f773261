namespace CaaS.Alerting.Runtime.Receivers.Webhook;

/// <summary>The webhooks to tell; read from the section <c>Alerting</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>The webhooks; empty tells nobody.</summary>
    public List<WebhookTarget> Webhooks { get; set; } = [];
}

using Microsoft.Extensions.Options;

namespace CaaS.Alerting.Runtime.Receivers.Webhook;

/// <summary>Says everything that is wrong with the webhooks' settings, by key.</summary>
internal sealed class WebhookOptionsValidation : IValidateOptions<WebhookOptions>
{
    // Each has a loop of its own and a row per message.
    private const int CountMax = 50;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var wrong = new List<string>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (options.Webhooks.Count > CountMax)
        {
            wrong.Add($"Alerting:Webhooks holds {options.Webhooks.Count} entries; at most {CountMax} are allowed.");
        }

        for (var index = 0; index < options.Webhooks.Count; index++)
        {
            var target = options.Webhooks[index];
            var key = $"Alerting:Webhooks:{index}";
            if (target.Name.Length is 0 or > 64 || !names.Add(target.Name))
            {
                wrong.Add($"{key}:Name must be unique and 1 to 64 characters long, not '{target.Name}'.");
            }

            if (!Uri.TryCreate(target.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                wrong.Add($"{key}:Url must be an http or https address.");
            }

            if (target.Timeout < TimeSpan.FromMilliseconds(100) || target.Timeout > TimeSpan.FromMinutes(2))
            {
                wrong.Add($"{key}:Timeout must lie between 0.1 s and 2 min.");
            }
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}

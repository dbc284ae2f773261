using Microsoft.Extensions.Options;

namespace CaaS.Log;

/// <summary>Checks what one attribute on one key cannot.</summary>
internal sealed class LogOptionsCheck : IValidateOptions<LogOptions>
{
    public ValidateOptionsResult Validate(string? name, LogOptions options)
    {
        var wrong = new List<string>();
        if (options.Kind == "Kafka" && options.BootstrapServers.Length == 0)
        {
            wrong.Add("Log:BootstrapServers must name a broker when Log:Kind is Kafka.");
        }

        if (options.RetentionAge <= TimeSpan.Zero)
        {
            wrong.Add("Log:RetentionAge must be positive.");
        }

        if (options.KafkaTimeout <= TimeSpan.Zero)
        {
            wrong.Add("Log:KafkaTimeout must be positive.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}

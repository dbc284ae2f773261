using Microsoft.Extensions.Options;

namespace CaaS.Orchestration.Runtime;

/// <summary>Checks the rails' numbers against each other, all messages at once.</summary>
internal sealed class OperationsOptionsValidator : IValidateOptions<OperationsOptions>
{
    public ValidateOptionsResult Validate(string? name, OperationsOptions options)
    {
        var messages = new List<string>();
        Positive(options.ChecksValidFor, nameof(options.ChecksValidFor), messages);
        Positive(options.ChecksTimeout, nameof(options.ChecksTimeout), messages);
        Positive(options.ApprovalValidFor, nameof(options.ApprovalValidFor), messages);
        Positive(options.ExecuteTimeout, nameof(options.ExecuteTimeout), messages);
        Positive(options.ReadBackFor, nameof(options.ReadBackFor), messages);
        Positive(options.ObserveEvery, nameof(options.ObserveEvery), messages);
        Positive(options.ObserveTimeout, nameof(options.ObserveTimeout), messages);
        Positive(options.ReproposeAfter, nameof(options.ReproposeAfter), messages);
        Positive(options.ManualExpiresAfter, nameof(options.ManualExpiresAfter), messages);
        Positive(options.LiftExpiresAfter, nameof(options.LiftExpiresAfter), messages);
        Positive(options.ManualVerifyWithin, nameof(options.ManualVerifyWithin), messages);
        if (options.ReadBackFor <= options.ExecuteTimeout)
        {
            messages.Add("Orchestration:ReadBackFor must be longer than Orchestration:ExecuteTimeout, "
                + "or a call still under way would be taken for lost.");
        }

        if (options.ManualCooldown < TimeSpan.Zero || options.RecentChangeWithin < TimeSpan.Zero)
        {
            messages.Add("Orchestration:ManualCooldown and Orchestration:RecentChangeWithin must not be negative.");
        }

        return messages.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(messages);
    }

    private static void Positive(TimeSpan value, string key, List<string> messages)
    {
        if (value <= TimeSpan.Zero)
        {
            messages.Add($"Orchestration:{key} must be longer than nothing.");
        }
    }
}

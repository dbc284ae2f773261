using Microsoft.Extensions.Options;

namespace CaaS.History;

/// <summary>Checks what one attribute on one key cannot.</summary>
internal sealed class HistoryOptionsCheck : IValidateOptions<HistoryOptions>
{
    public ValidateOptionsResult Validate(string? name, HistoryOptions options)
    {
        var wrong = new (string Key, TimeSpan Value)[]
        {
            (nameof(HistoryOptions.HeadMaxAge), options.HeadMaxAge),
            (nameof(HistoryOptions.RetentionAge), options.RetentionAge),
            (nameof(HistoryOptions.QueryTimeout), options.QueryTimeout),
        }
            .Where(pair => pair.Value <= TimeSpan.Zero)
            .Select(pair => $"History:{pair.Key} must be positive.")
            .ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}

using System.ComponentModel.DataAnnotations;
using CaaS.Signals;
using Microsoft.Extensions.Options;

namespace CaaS.Analytics.Runtime;

/// <summary>Refuses objectives that could never be met or found.</summary>
internal sealed class ObjectivesValidator : IValidateOptions<AnalyticsOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AnalyticsOptions options)
    {
        var wrong = new List<string>();
        for (var index = 0; index < options.Slo.Count; index++)
        {
            var key = $"{AnalyticsOptions.Section}:{nameof(AnalyticsOptions.Slo)}:{index}";
            var objective = options.Slo[index];
            var results = new List<ValidationResult>();
            Validator.TryValidateObject(objective, new ValidationContext(objective), results, validateAllProperties: true);
            wrong.AddRange(results.Select(result => $"{key}: {result.ErrorMessage}"));
            if (!EntityRef.TryParse(Scope.Default, objective.Entity, out _))
            {
                wrong.Add($"{key}:Entity: '{objective.Entity}' is not namespace/Kind/name, where * stands for any part.");
            }
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}

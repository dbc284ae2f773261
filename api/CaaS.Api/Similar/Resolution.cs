using System.Globalization;
using CaaS.Alerting;
using CaaS.Orchestration;
using CaaS.Rca;

namespace CaaS.Api.Similar;

/// <summary>Says how an incident ended, and what helped.</summary>
internal static class Resolution
{
    /// <summary>One sentence or two.</summary>
    /// <param name="incident">The incident.</param>
    /// <param name="done">Operations that were sent, by time.</param>
    /// <param name="alert">People's side of it, or null.</param>
    public static string Of(Incident incident, IReadOnlyList<Operation> done, Alert? alert)
    {
        var said = new List<string>();
        Add(said, done, OperationStatus.Succeeded, "helped");
        Add(said, done, OperationStatus.Failed, "did not help");
        Add(said, done, OperationStatus.RolledBack, "did not help and was undone");
        said.Add(End(incident, alert, done.Count == 0));
        return string.Join(' ', said);
    }

    private static void Add(List<string> said, IEnumerable<Operation> done, OperationStatus status, string outcome)
    {
        var names = done.Where(operation => operation.Status == status)
            .Select(operation => $"{PolicyWords.Of(operation.Kind)} of {operation.Target}")
            .Distinct(StringComparer.Ordinal).ToArray();
        if (names.Length > 0)
        {
            var list = string.Join(", ", names);
            said.Add($"{char.ToUpperInvariant(list[0])}{list[1..]} {outcome}.");
        }
    }

    private static string End(Incident incident, Alert? alert, bool isUntouched)
    {
        if ((incident.ResolvedAt ?? alert?.ResolvedAt) is not { } end)
        {
            return incident.Status == IncidentStatus.Mitigated ? "The symptoms are gone, the cause remains." : "It is not over.";
        }

        var minutes = Math.Max(1, Math.Round((end - incident.OpenedAt).TotalMinutes));
        var length = minutes < 120
            ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(minutes / 60)} h");
        return isUntouched
            ? $"Over after {length}, without an operation of the platform."
            : $"Over after {length}.";
    }
}

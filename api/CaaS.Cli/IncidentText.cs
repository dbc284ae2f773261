using System.Globalization;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>An incident as text, in the order a person needs it: verdict, impact, operations, causes, story.</summary>
internal static class IncidentText
{
    private const int MaxReasons = 2; // What decides, of why a cause was ruled out.

    public static async Task WriteAsync(TextWriter output, Incident incident, IReadOnlyList<Operation> operations)
    {
        IEnumerable<string> lines =
            [.. Head(incident), .. Impact(incident), .. Operations(operations), .. Causes(incident), .. Story(incident)];
        foreach (var line in lines)
        {
            await output.WriteLineAsync(Table.Plain(line)).ConfigureAwait(false);
        }
    }

    private static IEnumerable<string> Head(Incident incident)
    {
        var (status, severity) = (IncidentCommands.Word(incident.Status), IncidentCommands.Word(incident.Severity));
        yield return $"{incident.Title}  [{status}, {severity}]";
        yield return incident.Verdict;
        yield return $"opened {TimeText.Of(incident.OpenedAt)} UTC, onset {TimeText.Of(incident.Onset)} UTC{Range(incident)}";
        if (incident.Completeness is { } share)
        {
            yield return $"measured: {Percent(share)} of what would tell causes apart";
        }

        foreach (var missing in incident.MissingData)
        {
            yield return $"not seen: {missing}";
        }

        if (incident.NextCheck.Length > 0)
        {
            yield return $"next check: {incident.NextCheck}";
        }

        if (incident.Hypotheses is [{ Path: { Count: > 1 } path }, ..])
        {
            yield return $"harm: {string.Join(" -> ", path)}";
        }
    }

    private static IEnumerable<string> Impact(Incident incident)
    {
        foreach (var (heading, services) in new[]
        {
            ("Users are hurt", incident.Affected), ("Merely impacted", incident.Impacted),
        })
        {
            var named = services.Select(service => $"  {service}  {HarmOf(service)}".TrimEnd());
            foreach (var line in Section(heading, named))
            {
                yield return line;
            }
        }

        string HarmOf(string service) => incident.Harms.FirstOrDefault(harm => harm.Service == service)?.Text ?? "";
    }

    private static IEnumerable<string> Operations(IReadOnlyList<Operation> operations) =>
        Section("Operations", operations.Select(operation =>
            $"  {operation.Id}  {IncidentCommands.Word(operation.Status)}  {IncidentCommands.Word(operation.Kind)}"
            + $" of {operation.Target}: {operation.Reason}"));

    private static IEnumerable<string> Causes(Incident incident)
    {
        var causes = incident.Hypotheses.SelectMany(cause => cause.Evidence.Select(Reason)
            .Prepend($"  {cause.Rank}. {cause.Entity}  {cause.FaultClass}  {Percent(cause.Confidence)}"));
        var ruledOut = incident.RuledOut.SelectMany(cause => cause.Evidence.Where(reason => reason.Weight < 0)
            .OrderBy(reason => reason.Weight).Take(MaxReasons).Select(Reason)
            .Prepend($"  {cause.Entity}  {cause.FaultClass}"));
        return Section("Causes", causes).Concat(Section("Ruled out", ruledOut));
    }

    private static IEnumerable<string> Story(Incident incident) =>
        Section("Story", incident.Timeline.Select(entry =>
            $"  {TimeText.Of(entry.Time)}  {entry.Lane,-8}  {entry.Entity}  {entry.Text}"));

    private static string Reason(Evidence evidence) =>
        $"     {(evidence.Weight < 0 ? '-' : '+')} {TimeText.Of(evidence.Time)}  {evidence.Text}";

    private static string Range(Incident incident) => incident is { OnsetEarliest: { } earliest, OnsetLatest: { } latest }
        ? $" (between {TimeText.Of(earliest)} and {TimeText.Of(latest)} with 90 %)"
        : "";

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    /// <summary>A heading after an empty line, and what is under it; nothing when there is nothing.</summary>
    private static IEnumerable<string> Section(string heading, IEnumerable<string> lines)
    {
        var isFirst = true;
        foreach (var line in lines)
        {
            if (isFirst)
            {
                yield return "";
                yield return heading;
                isFirst = false;
            }

            yield return line;
        }
    }
}

namespace CaaS.Rca.Inquiry;

/// <summary>How the alerts of each entity look, as numbers that mean the same in every system.</summary>
/// <remarks>
/// The surprise of each sort of alert, and of all that hurt together: as a logarithm, because alerts come in storms,
/// and against the entity that has most. What hurts is what a fault does to the entity itself and the errors that it
/// gets; that calls are slow or that others' calls to it fail is told at both ends and does not say which is at fault.
/// </remarks>
internal static class AlertFeatures
{
    private static readonly AlertSort[] Sorts = Enum.GetValues<AlertSort>();

    /// <summary>Names of the columns.</summary>
    public static string[] Names { get; } = [.. Sorts.Select(sort => $"{sort}"), "Hurting", "HurtingOfMost"];

    /// <summary>A row for each entity, nats and shares.</summary>
    public static double[][] Of(CauseCase @case) => Of(@case, AlertSurprise.Of(@case));

    /// <summary>A row for each entity, from families that are known already.</summary>
    public static double[][] Of(CauseCase @case, IEnumerable<AlertFamily> families)
    {
        double[][] rows = [.. @case.Entities.Select(_ => new double[Names.Length])];
        var hurting = new double[rows.Length];
        foreach (var family in families)
        {
            rows[family.Entity][Array.IndexOf(Sorts, family.Sort)] += family.Surprise;
            hurting[family.Entity] += Hurts(family.Sort) ? family.Surprise : 0;
        }

        var most = hurting.DefaultIfEmpty(0).Max();
        for (var entity = 0; entity < rows.Length; entity++)
        {
            rows[entity][^2] = Math.Log(1 + hurting[entity]);
            rows[entity][^1] = hurting[entity] / (most + 0.5);
        }

        return rows;
    }

    private static bool Hurts(AlertSort sort) => sort is AlertSort.UsageUp or AlertSort.HeldUp or AlertSort.TrafficDown
        or AlertSort.Slower or AlertSort.Failing or AlertSort.Line or AlertSort.OwnSlow or AlertSort.OwnFailing
        or AlertSort.CallingFailing;
}

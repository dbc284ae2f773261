using CaaS.Rca.Priors;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;

namespace CaaS.Rca.Tests.Priors;

/// <summary>Words of people for tests.</summary>
internal static class Said
{
    /// <summary>A word on one cause of an incident, so many days before the shop opens.</summary>
    public static CauseFeedback Of(
        string incident, EntityRef entity, string faultClass, CauseVerdict verdict, double daysAgo = 1) => new(
            incident, Scope.Default, Shop.Start.AddDays(-daysAgo), [new JudgedCause(entity, faultClass, verdict)]);

    /// <summary>The same word on several incidents.</summary>
    public static IEnumerable<CauseFeedback> Often(int count, EntityRef entity, string faultClass, CauseVerdict verdict) =>
        Enumerable.Range(0, count).Select(index => Of($"{entity.Name}-{verdict}-{index}", entity, faultClass, verdict, 1 + index));
}

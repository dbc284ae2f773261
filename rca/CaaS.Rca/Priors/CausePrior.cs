using System.Globalization;
using CaaS.Signals;

namespace CaaS.Rca.Priors;

/// <summary>What people's words on earlier incidents say of a cause before anything is seen.</summary>
/// <param name="Nats">What they add to its log-odds, within the bounds of the settings.</param>
/// <param name="OfClass">Its fault class on entities of its sort.</param>
/// <param name="OfEntity">The entity, whatever the fault.</param>
internal readonly record struct CausePrior(double Nats, Tally OfClass, Tally OfEntity)
{
    /// <summary>One sentence for people.</summary>
    public string Say(EntityRef entity, string faultClass, TimeSpan window)
    {
        (string Name, Tally Tally)[] known = [(faultClass, OfClass), (entity.Name, OfEntity)];
        var said = known.Where(item => item.Tally.Confirmed + item.Tally.Wrong > 0).Select(item => $"{item.Name} {Of(item.Tally)}");
        return string.Create(
            CultureInfo.InvariantCulture, $"Feedback of the last {window.TotalDays:0} days: {string.Join(", ", said)}");
    }

    private static string Of(Tally tally) => string.Join(" and ",
        new[] { (Verb: "confirmed", Count: tally.Confirmed), (Verb: "wrong", Count: tally.Wrong) }
            .Where(part => part.Count > 0).Select(part => $"{part.Verb} {Times(part.Count)}"));

    private static string Times(int count) => count switch { 1 => "once", 2 => "twice", _ => $"{count} times" };
}

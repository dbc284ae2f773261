namespace CaaS.Rca.Priors;

/// <summary>How often one thing was confirmed as a cause and how often it was wrong.</summary>
/// <param name="Confirmed">Incidents it was the cause of.</param>
/// <param name="Wrong">Incidents it was blamed for wrongly.</param>
/// <param name="ConfirmedWeight">The same, each weighing less with its age.</param>
/// <param name="WrongWeight">The same, each weighing less with its age.</param>
internal readonly record struct Tally(int Confirmed, int Wrong, double ConfirmedWeight, double WrongWeight)
{
    /// <summary>Log-odds of being right, drawn to even odds.</summary>
    /// <param name="pseudoCount">Incidents for and against that are taken as given, above 0.</param>
    public double Nats(double pseudoCount) => Math.Log((ConfirmedWeight + pseudoCount) / (WrongWeight + pseudoCount));

    /// <summary>Takes one more.</summary>
    public Tally With(bool isRight, double weight) => isRight
        ? this with { Confirmed = Confirmed + 1, ConfirmedWeight = ConfirmedWeight + weight }
        : this with { Wrong = Wrong + 1, WrongWeight = WrongWeight + weight };
}

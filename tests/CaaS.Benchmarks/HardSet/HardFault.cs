namespace CaaS.Benchmarks.HardSet;

/// <summary>One fault put into one place of a simulated system, or a decoy of the same mechanics.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Entity">What it befalls.</param>
/// <param name="Start">Step at which it begins.</param>
/// <param name="Strengths">How far each effect goes.</param>
/// <param name="Callee">The one callee a partition cuts off; -1 for none.</param>
internal sealed record HardFault(FaultKind Kind, int Entity, int Start, double[] Strengths, int Callee)
{
    /// <summary>How much of it there is at a step, 0 to 1.</summary>
    public double At(int step)
    {
        var length = Kind.Minutes * 60 / Physics.StepSeconds;
        return step < Start ? 0 : Kind.Shape switch
        {
            FaultShape.Ramp => Math.Min(1, (step - Start + 1) / Math.Max(1, length)),
            FaultShape.Flap => (step - Start) % Math.Max(2, length) < 0.7 * length ? 1 : 0,
            _ => 1,
        };
    }
}

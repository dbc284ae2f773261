namespace CaaS.Benchmarks.Forecasts;

/// <summary>
/// When capacity is decided and for how long: the capacity of a slot is a function of what was known before.
/// </summary>
/// <param name="Name">For the table.</param>
/// <param name="Slot">Minutes for which one capacity holds.</param>
/// <param name="Lead">Minutes between the decision and the start of its slot.</param>
internal sealed record DemandPlan(string Name, int Slot, int Lead)
{
    /// <summary>Minutes before the first scored one: DSP needs three days.</summary>
    public const int WarmUp = 3 * DemandTrace.Day;

    /// <summary>The starts of the scored slots.</summary>
    public IEnumerable<int> Starts(DemandTrace trace)
    {
        for (int start = WarmUp; start + Slot <= trace.Minutes.Length; start += Slot)
        {
            yield return start;
        }
    }

    /// <summary>
    /// The share of minutes above the capacity, and what was provided and not used as a share of demand.
    /// </summary>
    /// <param name="trace">The demand.</param>
    /// <param name="capacity">One capacity a scored slot.</param>
    /// <param name="factor">Multiplies the capacities.</param>
    public (double Violations, double Over) Score(DemandTrace trace, double[] capacity, double factor)
    {
        int violated = 0;
        int minutes = 0;
        double unused = 0;
        double demand = 0;
        int slot = 0;
        foreach (int start in Starts(trace))
        {
            double c = capacity[slot++] * factor;
            for (int t = start; t < start + Slot; t++)
            {
                double v = trace.Minutes[t];
                if (double.IsNaN(v))
                {
                    continue;
                }
                minutes++;
                demand += v;
                violated += v > c ? 1 : 0;
                unused += Math.Max(0, c - v);
            }
        }
        return ((double)violated / minutes, unused / demand);
    }
}

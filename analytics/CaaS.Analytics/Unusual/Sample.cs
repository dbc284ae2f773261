namespace CaaS.Analytics.Unusual;

/// <summary>One point of a watched series as it was judged.</summary>
/// <param name="StartMs">Start of what it measures, Unix milliseconds.</param>
/// <param name="NowMs">The step's now, Unix milliseconds.</param>
/// <param name="Value">Value: a level, or events per unit of exposure.</param>
/// <param name="Exposure">Seconds behind a rate, trials behind a share; 0 for a level.</param>
internal readonly record struct Sample(long StartMs, long NowMs, double Value, double Exposure)
{
    /// <summary>Events behind the value; a level counts as itself.</summary>
    public double Count => Exposure > 0 ? Value * Exposure : Value;
}

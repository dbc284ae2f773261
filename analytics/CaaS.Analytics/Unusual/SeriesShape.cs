namespace CaaS.Analytics.Unusual;

/// <summary>Sort of series by its own statistics; decides which judge is asked whether a point is unusual.</summary>
public enum SeriesShape
{
    /// <summary>Too few points to say: nothing is judged.</summary>
    Unknown = 0,

    /// <summary>Hardly ever changes: a change is judged by how rare changes are.</summary>
    Constant = 1,

    /// <summary>Few events, often none: judged by the exact tail of the count.</summary>
    SparseCount = 2,

    /// <summary>A share between zero and one: judged by the ensemble, its band ends where shares end.</summary>
    Ratio = 3,

    /// <summary>Any other level: judged by the ensemble.</summary>
    Continuous = 4,

    /// <summary>A level most of whose movement repeats every day: judged by the ensemble.</summary>
    Seasonal = 5,
}

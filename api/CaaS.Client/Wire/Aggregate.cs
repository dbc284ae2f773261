namespace CaaS.Client.Wire;

/// <summary>How the values of a step are joined.</summary>
public enum Aggregate
{
    /// <summary>Arithmetic mean.</summary>
    Average = 0,

    /// <summary>Smallest.</summary>
    Minimum = 1,

    /// <summary>Largest.</summary>
    Maximum = 2,

    /// <summary>Sum.</summary>
    Sum = 3,

    /// <summary>Number of points.</summary>
    Count = 4,

    /// <summary>Last by time.</summary>
    Last = 5,

    /// <summary>Increase of a counter per second, resets respected.</summary>
    Rate = 6,
}

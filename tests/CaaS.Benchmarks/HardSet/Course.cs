namespace CaaS.Benchmarks.HardSet;

/// <summary>What happened in a simulated cluster, step by step.</summary>
internal sealed class Course
{
    private readonly double[][][] _values;

    public Course(SimGraph graph, int stepCount)
    {
        StepCount = stepCount;
        _values = [.. Enum.GetValues<Quantity>().Select(_ => Rows(graph.Services.Length).Select(_ => new double[stepCount]).ToArray())];
        CallFailed = [.. Rows(graph.Calls.Length).Select(_ => new float[stepCount])];
        CallSeconds = [.. Rows(graph.Calls.Length).Select(_ => new float[stepCount])];
        CallShut = [.. Rows(graph.Calls.Length).Select(_ => new float[stepCount])];
        NodeUse = [.. Rows(graph.Nodes.Length).Select(_ => new float[stepCount])];
    }

    public int StepCount { get; }

    /// <summary>Share of calls that fail, by call.</summary>
    public float[][] CallFailed { get; }

    /// <summary>Seconds the caller waits, by call.</summary>
    public float[][] CallSeconds { get; }

    /// <summary>Share of calls that never arrive, by call.</summary>
    public float[][] CallShut { get; }

    /// <summary>Share of each node's processors in use.</summary>
    public float[][] NodeUse { get; }

    /// <summary>Pods that were killed for their memory.</summary>
    public List<(int Service, int Step)> Killed { get; } = [];

    public double[][] this[Quantity quantity] => _values[(int)quantity];

    private static IEnumerable<int> Rows(int count) => Enumerable.Range(0, count);
}

namespace CaaS.Benchmarks.Detection.Rivals;

/// <summary>A published detector, run again by us on the same points.</summary>
internal interface IRival
{
    /// <summary>Name in the tables.</summary>
    string Name { get; }

    /// <summary>Scores every row by what came before it and itself.</summary>
    /// <param name="values">Values, finite.</param>
    /// <returns>Larger is more anomalous.</returns>
    double[] Scores(double[] values);
}

namespace CaaS.Benchmarks.Scoring;

/// <summary>One public benchmark: proves its scorer on published figures, then scores us beside the peers.</summary>
internal interface IScoreboard
{
    /// <summary>The word after <c>score</c>.</summary>
    string Name { get; }

    /// <summary>What is measured, in a line.</summary>
    string Description { get; }

    /// <summary>What the data folder holds, in a line.</summary>
    string Data { get; }

    /// <summary>Whether the data come as data.tar.gz; false when the board reads the publisher's folder
    /// itself.</summary>
    bool Packed => true;

    /// <summary>Scores the data; tables for people go to <paramref name="output"/>.</summary>
    Score Run(DataFolder data, TextWriter output);
}

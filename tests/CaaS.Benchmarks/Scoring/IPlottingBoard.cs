namespace CaaS.Benchmarks.Scoring;

/// <summary>A board that can draw its worst files.</summary>
internal interface IPlottingBoard : IScoreboard
{
    /// <summary>As <see cref="IScoreboard.Run"/>.</summary>
    /// <param name="data">The data.</param>
    /// <param name="plots">Folder for drawings; null for none.</param>
    /// <param name="output">Where tables go.</param>
    Score Run(DataFolder data, DirectoryInfo? plots, TextWriter output);
}

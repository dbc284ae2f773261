namespace CaaS.Analytics.LogTemplates;

/// <summary>What miners of one owner share: buffers for the line at hand, and how many shapes they may keep
/// together.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class LogMinerRoom
{
    private int _shapesLeft;

    /// <summary>Makes room.</summary>
    /// <param name="options">Limits of each miner.</param>
    /// <param name="maxShapes">Shapes kept by all of them together.</param>
    public LogMinerRoom(LogMinerOptions options, int maxShapes)
    {
        ArgumentNullException.ThrowIfNull(options);
        Tokens = new LogToken[options.MaxTokens + 16];
        Head = new char[options.MaxLineLength];
        _shapesLeft = maxShapes;
    }

    /// <summary>Pieces of the line at hand.</summary>
    public LogToken[] Tokens { get; }

    /// <summary>What counts of a message of several lines.</summary>
    public char[] Head { get; }

    /// <summary>True while a shape may be kept.</summary>
    public bool HasShapes => _shapesLeft > 0;

    /// <summary>Notes that a shape is kept.</summary>
    public void TakeShape() => _shapesLeft--;
}

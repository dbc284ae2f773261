namespace CaaS.Cli;

/// <summary>What the exit code says.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Refused, not found, or the doctor found something; also a wrong command line.</summary>
    public const int Refused = 1;

    /// <summary>The server cannot be reached, or does not accept the token; or a file cannot be read or
    /// written.</summary>
    public const int Unreachable = 2;

    /// <summary>Accepted and kept, but not answered yet.</summary>
    public const int Pending = 3;
}

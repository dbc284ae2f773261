using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CaaS.Orchestration.Runtime;

/// <summary>The kill switch that needs no platform: a file whose presence stops all operations.</summary>
/// <param name="options">Where it is.</param>
/// <param name="configuration">Where the data folder stands.</param>
public sealed class KillSwitchFile(IOptions<OrchestrationShellOptions> options, IConfiguration configuration)
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string Name = "kill-switch";

    /// <summary>Full path; empty where no data folder is known.</summary>
    public string Path { get; } = options.Value.KillSwitchFile.Length > 0
        ? options.Value.KillSwitchFile
        : configuration["Platform:DataFolder"] is { Length: > 0 } folder ? System.IO.Path.Combine(folder, Name) : "";

    /// <summary>Looks for the file.</summary>
    /// <returns>True when it is there, or when that cannot be told.</returns>
    public bool IsThere()
    {
        if (Path.Length == 0)
        {
            return false;
        }

        try
        {
            _ = File.GetAttributes(Path);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}

using CaaS.Log;
using Microsoft.Extensions.Options;

namespace CaaS.Host;

/// <summary>One run of the platform, from configuration to the last request.</summary>
internal static class PlatformRun
{
    private const int Failed = 1;

    /// <summary>Runs until the process is asked to stop.</summary>
    /// <param name="settings">What the command line says.</param>
    /// <param name="cancellationToken">Asks it to stop.</param>
    /// <returns>0, or 1 when it could not start; the reason is then on standard error.</returns>
    public static async Task<int> RunAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await using var app = Pipeline.Build(settings);
            await app.RunAsync(cancellationToken);
            return 0;
        }
        catch (Exception e) when (Reasons(e) is { Length: > 0 } reasons)
        {
            foreach (var reason in reasons)
            {
                await Console.Error.WriteLineAsync($"caas: {reason}");
            }

            return Failed;
        }
        finally
        {
            if (settings.IsDemo && Directory.Exists(settings.DataFolder))
            {
                Directory.Delete(settings.DataFolder, recursive: true);
            }
        }
    }

    /// <summary>What a person has to change; empty for an error of the program, which is then shown whole.</summary>
    private static string[] Reasons(Exception error) => error switch
    {
        OptionsValidationException options => [.. options.Failures],
        AggregateException many => [.. many.InnerExceptions.SelectMany(Reasons)],
        DataFolderException or FormatException or InvalidDataException or IOException => [error.Message],
        _ => [],
    };
}

using CaaS.Analytics.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CaaS.Analytics.Runtime.Documents;

/// <summary>Looks at the folder of documents at start and again and again.</summary>
/// <param name="library">What it fills.</param>
/// <param name="options">How often.</param>
/// <param name="time">Clock.</param>
internal sealed class DocumentWatch(DocumentLibrary library, IOptions<DocumentsOptions> options, TimeProvider time)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Folder.Length == 0)
        {
            return;
        }

        await Task.Yield();
        using var timer = new PeriodicTimer(options.Value.LookEvery, time);
        do
        {
            library.Look();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}

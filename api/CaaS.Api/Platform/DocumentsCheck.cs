using CaaS.Analytics.Ports;
using CaaS.Client.Wire;

namespace CaaS.Api.Platform;

/// <summary>Whether the runbooks can be read.</summary>
/// <param name="library">The library.</param>
internal sealed class DocumentsCheck(IDocumentLibrary library) : IDoctorCheck
{
    /// <inheritdoc/>
    public Task<DoctorCheck> LookAsync(CancellationToken cancellationToken)
    {
        var standing = library.Standing;
        var found = standing.Folder.Length == 0
            ? "No folder of runbooks is set (Analytics:Documents:Folder)."
            : $"{standing.Documents} runbooks and post-mortems are held, {standing.LeftOut} files left out.";
        return Task.FromResult(standing.Error.Length == 0
            ? new DoctorCheck("documents", true, found, "")
            : new DoctorCheck("documents", false, standing.Error, "Make the folder readable again; until then what was read last is used."));
    }
}

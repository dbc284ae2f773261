using CaaS.Analytics.Text;
using Microsoft.Extensions.Options;

namespace CaaS.Analytics.Runtime.Documents;

/// <summary>Refuses a folder that is not there at the start, when somebody looks.</summary>
internal sealed class DocumentsOptionsValidator : IValidateOptions<DocumentsOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DocumentsOptions options) =>
        options.Folder.Length == 0 || Directory.Exists(options.Folder)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{DocumentsOptions.Section}:Folder: '{options.Folder}' is not a folder that can be read. "
                + "Name one of runbooks (.md, .html, .txt), or leave it empty.");
}

using System.CommandLine;
using System.Globalization;
using CaaS.Client.Wire;

namespace CaaS.Cli;

/// <summary>Looking for runbooks and post-mortems.</summary>
internal static class DocumentCommands
{
    public static Command Make(Run run)
    {
        var query = new Argument<string[]>("WORDS") { Description = "Words, codes, names.", Arity = ArgumentArity.OneOrMore };
        var limit = new Option<int>("--limit") { Description = "Most shown.", DefaultValueFactory = _ => 10 };
        var search = new Command("search", "Runbooks and post-mortems that hold what is asked, best first.") { query, limit };
        run.Bind(search, async (parsed, client, cancel) =>
        {
            var words = string.Join(' ', parsed.GetRequiredValue(query));
            var found = await client.DocumentsAsync(words, parsed.GetValue(limit), cancel).ConfigureAwait(false);
            if (run.IsJson(parsed))
            {
                await run.JsonAsync(found).ConfigureAwait(false);
            }
            else if (found.Count == 0)
            {
                await run.Output.WriteLineAsync("Nothing fits.").ConfigureAwait(false);
            }
            else
            {
                await ShowAsync(run.Output, found).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        });
        return new Command("documents", "Runbooks and post-mortems.") { search };
    }

    /// <summary>One or two lines a document, and its best lines.</summary>
    public static async Task ShowAsync(TextWriter output, IReadOnlyList<DocumentMatch> found)
    {
        foreach (var document in found)
        {
            var where = document.Heading.Length > 0 ? $"{document.Title} › {document.Heading}" : document.Title;
            var line = string.Create(
                CultureInfo.InvariantCulture, $"  {where}  [{Said(document.Fit)}, {document.Score * 100:0} %]  {document.Path}");
            await output.WriteLineAsync(Table.Plain(line)).ConfigureAwait(false);
            foreach (var text in document.Excerpt.Split('\n'))
            {
                await output.WriteLineAsync(Table.Plain($"     {text}")).ConfigureAwait(false);
            }
        }
    }

    /// <summary>How a fit is said.</summary>
    public static string Said(Fit fit) => fit == Fit.Fits ? "fits" : "may fit";
}

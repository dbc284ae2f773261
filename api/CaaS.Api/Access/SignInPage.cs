namespace CaaS.Api.Access;

/// <summary>The page people sign in at; it stands alone, so that it needs nobody's rights.</summary>
internal static class SignInPage
{
    /// <summary>What the page may load: itself.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    public const string Html =
        """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Sign in - CaaS</title>
          <link rel="stylesheet" href="/sign-in.css">
          <script src="/sign-in.js" defer></script>
        </head>
        <body>
          <main>
            <h1>CaaS</h1>
            <form id="form">
              <label for="token">Token</label>
              <input id="token" type="password" autocomplete="off" spellcheck="false" required autofocus>
              <button type="submit">Sign in</button>
              <p id="message" role="alert"></p>
              <p>The first token is in the file <code>operator-token</code> of the data folder.</p>
            </form>
          </main>
        </body>
        </html>
        """;

    public const string Script =
        """
        "use strict";
        const form = document.getElementById("form");
        const field = document.getElementById("token");
        const message = document.getElementById("message");

        async function signIn(token) {
          message.textContent = "Signing in ...";
          const answer = await fetch("/api/v1/session", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ token })
          }).catch(() => null);
          if (answer && answer.ok) {
            const wanted = new URLSearchParams(location.search).get("return") || "/";
            const target = new URL(wanted, location.origin);
            location.replace(target.origin === location.origin ? target.href : "/");
            return;
          }
          message.textContent = !answer ? "The server does not answer."
            : answer.status === 429 ? "Too many tries. Wait a minute."
            : "This token is not known, or no longer good.";
          field.focus();
        }

        form.addEventListener("submit", event => {
          event.preventDefault();
          signIn(field.value.trim());
        });

        const given = new URLSearchParams(location.hash.slice(1)).get("token");
        if (given) {
          history.replaceState(null, "", location.pathname + location.search);
          signIn(given);
        }
        """;

    public const string Style =
        """
        :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
        main { max-width: 22rem; margin: 15vh auto; padding: 0 1rem; }
        label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
        input, button { padding: .6rem; margin: .3rem 0 1rem; }
        #message { min-height: 1.5em; }
        """;
}
